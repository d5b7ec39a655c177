import { runCli } from './run-cli.ts';

/** A reader that stops reading (`dsw status | head`) is not a fault. */
process.stdout.on('error', () => process.exit(0));

/** Ends through `exit`, so that child processes of the demonstration are taken along. */
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(code));
}

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  outIsScreen: process.stdout.isTTY === true,
  errIsScreen: process.stderr.isTTY === true,
  width: process.stdout.columns ?? process.stderr.columns ?? 100,
};

void runCli(process.argv.slice(2), { env: process.env, terminal, now: () => new Date(), random: Math.random }).then(
  (code) => {
    process.exitCode = code;
    // Hanging connections of tenants that never answered must not keep the program; what is written is flushed first.
    process.stdout.write('', () => process.exit(code));
  },
);
