/** Whether an answer, or the body of an error, says that auditing is off: at the top level, or inside a message that is JSON again. */
export function isAuditOff(answer: unknown): boolean {
  const text = typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? '');
  return text.includes('AuditingDisabledTenant');
}
