/** The text of a query file, embedded by the bundler. */
declare module '*.kql' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: a text module has nothing else to export.
  export default text;
}
