/** Source is TypeScript with ES modules; @swc/jest turns it into CommonJS, the shape that the Functions worker loads too. */
const transform = {
  // The hunting queries are text modules, as in the bundle.
  '^.+\\.kql$': '<rootDir>/test/support/load-kql.cjs',
  '^.+\\.[cm]?[jt]s$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
  ],
};
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Never in one process: what the Azure SDKs hold on to after a suite would fill its memory before the last one.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  testMatch: ['**/*.test.ts'],
  transform,
  // Jest loads the ES modules among them itself (node --experimental-vm-modules).
  transformIgnorePatterns: ['/node_modules/(?!(selfsigned)/)', '/dist/'],
  // The worker gives the app this module; in tests it is the in-process host's.
  moduleNameMapper: { '^@azure/functions-core$': '<rootDir>/test/support/functions-host/functions-core.ts' },
  globalSetup: '<rootDir>/test/support/start-azurite.ts',
  globalTeardown: '<rootDir>/test/support/stop-azurite.ts',
  collectCoverageFrom: ['shared/**/*.ts', 'functions/**/*.ts', 'cli/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary'],
};
