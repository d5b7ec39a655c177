// Stands in for modules that a dependency requires and that nothing here ever calls; `scripts/build.ts` names them, each with its reason.
module.exports = {};
