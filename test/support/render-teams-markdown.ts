/**
 * Stands in for the Markdown of all Teams clients at once: whatever any of them is known or reported to render, this renders.
 * It honours no backslash, as phones do not, and links every address that looks like one. A text that passes here unchanged is
 * plain everywhere. Self-contained, because its source is also sent into a browser.
 */
export function renderTeamsMarkdown(text: string): string {
  const at = /<at>(.*?)<\/at>/gi;
  const mentioned = text.replace(at, '\u0001$1\u0002');
  let html = mentioned
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/<(https?:[^>\s]+)>/g, '[$1]($1)')
    .replace(/<(\/?[a-z][^>]*)>/gi, '<$1>')
    .replace(/<(?!\/?[a-z])/gi, '&lt;')
    .replace(/!\[([^\]]*)\]\(([^)]*)\)/g, '<img alt="$1" src="about:blank#$2">')
    .replace(/\[([^\]]+)\]\(([^)]*)\)/g, '<a href="about:blank#link">$1</a>')
    .replace(
      /(^|[^\w@.-])((?:https?|ftp|file|mailto|javascript|data):(?:\/\/)?[^\s<]+)/gi,
      '$1<a href="about:blank#url">$2</a>',
    )
    .replace(/(^|[^\w:/"#])(\/\/[\w.-]+[^\s<]*)/g, '$1<a href="about:blank#relative">$2</a>')
    .replace(/(^|[^\w@.\]/-])(www\.[^\s<]+)/gi, '$1<a href="about:blank#www">$2</a>')
    .replace(
      /(^|[^\w@.\]/-])((?:[\w-]+\.)+(?:com|net|org|info|biz|io|co|jp|fi|de|uk|xn--[\w-]+))(?![\w@-])/gi,
      '$1<a href="about:blank#host">$2</a>',
    )
    .replace(/\*\*(?=\S)(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w])__(?=\S)(.+?)__/g, '$1<strong>$2</strong>')
    .replace(/\*(?=\S)(.+?)\*/g, '<em>$1</em>')
    .replace(/(^|[^\w])_(?=\S)(.+?)_(?!\w)/g, '$1<em>$2</em>')
    .replace(/~~(?=\S)(.+?)~~/g, '<del>$1</del>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
  html = html
    .replace(/^ {0,3}#{1,6}\s+(.*)$/gm, '<h1>$1</h1>')
    .replace(/^ {0,3}(?:---+|\*\*\*+|___+)\s*$/gm, '<hr>')
    .replace(/^ {0,3}(?:>|&gt;)\s?(.*)$/gm, '<blockquote>$1</blockquote>')
    .replace(/^ {0,3}[-+*]\s+(.*)$/gm, '<ul><li>$1</li></ul>')
    .replace(/^ {0,3}\d+[.)]\s+(.*)$/gm, '<ol><li>$1</li></ol>')
    .replace(/\r\n|\r|\n/g, '<br>');
  return html.replaceAll('\u0001', '<span class="mention">').replaceAll('\u0002', '</span>');
}
