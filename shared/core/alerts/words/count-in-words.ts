type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Picks the form that a language wants for a count, and puts the count, as that language writes it, where `#` stands. */
export function countInWords(locale: string, forms: Forms): (count: number) => string {
  // Made at the first use and kept: building these costs more than everything else in a card.
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return (count) => {
    rules ??= new Intl.PluralRules(locale);
    numbers ??= new Intl.NumberFormat(locale);
    return (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
  };
}
