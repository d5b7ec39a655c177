// Required by path, because the name itself leads here.
// The part of undici that the app uses: its index also brings mocks, caches, WebSockets and a second fetch.
const Dispatcher = require('../../node_modules/undici/lib/dispatcher/dispatcher');
const Agent = require('../../node_modules/undici/lib/dispatcher/agent');
const api = require('../../node_modules/undici/lib/api');

Object.assign(Dispatcher.prototype, api);
module.exports = { Agent };
