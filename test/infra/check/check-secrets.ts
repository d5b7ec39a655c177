import type { Infra } from './infra.ts';
import type { Problem } from './template.ts';
import { allOf } from './walk.ts';

/** Words that a parameter, output or setting with a secret in it would carry. */
const SECRET_NAMES = /secret|password|connectionstring|instrumentationkey|accountkey|apikey|sastoken|webhookurl/i;

/** Shapes that only secrets have: signed URLs, keys, client secrets, private keys. */
const SECRET_VALUES =
  /[?&]sig=|AccountKey=|SharedAccessSignature=|whsec_|-----BEGIN [A-Z ]*PRIVATE KEY|[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/;

/** No file holds a secret, and no parameter or output is made for one: people put secrets into Key Vault, nowhere else. */
export function checkSecrets(infra: Infra): Problem[] {
  const declared = [...infra.templates.values()].flatMap((template) => {
    const named = [...template.parameters, ...template.outputs].filter((one) => SECRET_NAMES.test(one.name));
    const secure = template.parameters.filter((one) => one.decorators.some((decorator) => decorator.name === 'secure'));
    return [...named, ...secure].map((one) => ({
      file: template.path,
      line: one.line,
      message: `"${one.name}" is made for a secret; name a Key Vault secret instead`,
    }));
  });
  const told = [...infra.templates.values()].flatMap((template) =>
    template.outputs
      .filter((one) => allOf(one.value).some((part) => part.kind === 'member' && SECRET_NAMES.test(part.name)))
      .map((one) => ({ file: template.path, line: one.line, message: `"${one.name}" gives a secret away` })),
  );
  const written = infra.files.flatMap((file) =>
    (infra.text(file) ?? '')
      .split('\n')
      .flatMap((line, index) =>
        SECRET_VALUES.test(line) ? [{ file, line: index + 1, message: 'holds what looks like a secret' }] : [],
      ),
  );
  return [...declared, ...told, ...written];
}
