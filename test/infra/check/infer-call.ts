import { BUILT_IN, DEPENDENT, GIVES_SECRETS } from './functions.ts';
import { checkShape } from './match-shape.ts';
import { findFunction, type Scope, shapeOfSyntax, withLocals } from './scope.ts';
import { ANY, itemOf, mergeObjects, type Shape } from './shape.ts';
import type { Expression } from './template.ts';

type Call = Extract<Expression, { kind: 'call' }>;
type Infer = (expression: Expression, scope: Scope) => Shape;

/** What a call gives. Unknown functions, wrong numbers of arguments and calls that give secrets are reported. */
export function inferCall(call: Call, scope: Scope, infer: Infer): Shape {
  if (GIVES_SECRETS.test(call.name))
    scope.report(call.line, `calls ${call.name}(), which gives secrets; use the identity`);
  const namespace = call.on?.kind === 'name' && (call.on.name === 'sys' || call.on.name === 'az');
  if (call.on !== null && !namespace) {
    infer(call.on, scope);
    return ANY;
  }
  const dependent = DEPENDENT[call.name];
  if (dependent !== undefined) {
    checkCount(call, dependent, scope);
    return inferDependent(call, scope, infer);
  }
  const args = call.args.map((one) => infer(one, scope));
  const builtIn = BUILT_IN[call.name];
  if (builtIn !== undefined) {
    checkCount(call, builtIn.arguments, scope);
    return builtIn.gives;
  }
  return inferOwn(call, args, scope);
}

function inferDependent(call: Call, scope: Scope, infer: Infer): Shape {
  const [first, second] = call.args;
  if (call.name === 'union') return mergeObjects(call.args.map((one) => infer(one, scope)));
  if (first === undefined || second?.kind !== 'lambda') {
    scope.report(call.line, `${call.name}() needs an array and a lambda`);
    return ANY;
  }
  const array = infer(first, scope);
  const [name = ''] = second.parameters;
  const result = infer(second.body, withLocals(scope, [[name, itemOf(array)]]));
  return call.name === 'filter' ? array : { kind: 'array', item: result, count: null };
}

function inferOwn(call: Call, args: readonly Shape[], scope: Scope): Shape {
  const own = findFunction(scope, call.name);
  if (own === null) {
    scope.report(call.line, `the function "${call.name}" does not exist`);
    return ANY;
  }
  const inside = { ...scope, template: own.template, locals: new Map<string, Shape>() };
  const { parameters, returns } = own.found;
  checkCount(call, [parameters.length, parameters.length], scope);
  parameters.forEach((parameter, index) => {
    const target = shapeOfSyntax(parameter.type, inside, own.found.line);
    checkShape(args[index] ?? ANY, target, `${call.name}(${parameter.name})`, call.line, scope.report);
  });
  return shapeOfSyntax(returns, inside, own.found.line);
}

function checkCount(call: Call, [least, most]: readonly [number, number], scope: Scope): void {
  const { length } = call.args;
  if (length < least || length > most)
    scope.report(
      call.line,
      `${call.name}() takes ${least === most ? least : `${least} or more`} arguments, not ${length}`,
    );
}
