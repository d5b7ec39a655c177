/** jest transform: a query file becomes a module whose default export is its text, as the bundler's text loader does. */
module.exports = {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
  getCacheKey: (text) => require('node:crypto').createHash('sha256').update(`kql 1 ${text}`).digest('hex'),
};
