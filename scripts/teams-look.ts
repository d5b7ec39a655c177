/** The two looks of Teams that a card must be legible in. */
export type Theme = 'light' | 'dark';

const COLOURS = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    line: '#e0e0e0',
    button: '#5b5fc7',
    tones: { attention: '#fdf3f4', warning: '#fdf6e3', good: '#f1faf1', accent: '#eef0fb' },
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    line: '#424242',
    button: '#9299f7',
    tones: { attention: '#3b1418', warning: '#3a2b0a', good: '#10301a', accent: '#2a2c4f' },
  },
} as const;

const FONT = "'Segoe UI', 'Open Sans', 'Noto Sans JP Variable', 'Noto Sans CJK JP', sans-serif";
const SIZES = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const WEIGHTS = { lighter: 200, default: 400, bolder: 600 };

/** A host configuration near to Teams' own: its spacing, sizes and colours as they look, written by us. */
export function hostConfigLike(theme: Theme) {
  const { card, text, subtle, line, tones } = COLOURS[theme];
  const style = (backgroundColor: string) => ({
    backgroundColor,
    foregroundColors: { default: { default: text, subtle } },
  });
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    fontTypes: {
      default: { fontFamily: FONT, fontSizes: SIZES, fontWeights: WEIGHTS },
      monospace: { fontFamily: "'Courier New', 'DejaVu Sans Mono', monospace", fontSizes: SIZES, fontWeights: WEIGHTS },
    },
    containerStyles: {
      default: style(card),
      attention: style(tones.attention),
      warning: style(tones.warning),
      good: style(tones.good),
      accent: style(tones.accent),
    },
    actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: 'Horizontal', actionAlignment: 'Left' },
    factSet: {
      title: { weight: 'Bolder', wrap: true, maxWidth: 150 },
      value: { wrap: true },
      spacing: 16,
    },
  };
}

/** The style around the card, and of its buttons, which the host configuration does not cover. */
export function pageStyleLike(theme: Theme): string {
  const { page, card, text, line, button } = COLOURS[theme];
  return [
    `body{margin:0;padding:8px;background:${page};color:${text};font-family:${FONT}}`,
    `#card{background:${card};border:1px solid ${line};border-radius:6px;overflow:hidden}`,
    '.ac-textBlock{line-height:1.4!important;overflow-wrap:anywhere}',
    `.ac-pushButton{font:600 14px ${FONT};color:${button};background:transparent;border:1px solid ${line};border-radius:4px;padding:6px 12px;margin-bottom:8px}`,
    '.ac-actionSet{flex-wrap:wrap}',
    `a{color:${button}}`,
  ].join('\n');
}
