/** The texts that a reader sees in the body of an HTML document, in order. */
export function readTexts(html: string): string[] {
  const decode = (text: string) =>
    text.replaceAll('&nbsp;', '\u00a0').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return html
    .slice(html.indexOf('<body'))
    .split(/<[^>]*>/)
    .map((text) => decode(text).trim())
    .filter((text) => text !== '');
}
