/**
 * The tables that the queries in `infra/queries` read, as Azure Monitor documents them (Azure Monitor Logs reference,
 * tables AppMetrics, AppDependencies, Usage), without the columns that no query here needs.
 */
export const TELEMETRY_SCHEMA = {
  AppMetrics: {
    TimeGenerated: 'datetime',
    Name: 'string',
    ItemCount: 'int',
    Sum: 'real',
    Min: 'real',
    Max: 'real',
    Properties: 'dynamic',
    AppRoleName: 'string',
    AppRoleInstance: 'string',
    OperationId: 'string',
  },
  AppDependencies: {
    TimeGenerated: 'datetime',
    Name: 'string',
    DependencyType: 'string',
    Target: 'string',
    Data: 'string',
    Success: 'bool',
    ResultCode: 'string',
    DurationMs: 'real',
    ItemCount: 'int',
    Properties: 'dynamic',
    AppRoleName: 'string',
    AppRoleInstance: 'string',
    OperationId: 'string',
  },
  Usage: {
    TimeGenerated: 'datetime',
    DataType: 'string',
    Quantity: 'real',
    QuantityUnit: 'string',
    IsBillable: 'bool',
    Solution: 'string',
  },
} as const;

export type TableName = keyof typeof TELEMETRY_SCHEMA;
