// The real program as a child process: `node dist/cli.js …` with an environment of the test's own. Whoever waits, waits
// for what it says; it is ended by its process id after the test.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly pid: number;
  /** The first match in what it said or says on either stream; rejects when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts it with `env` and nothing of this process's environment but the path. */
function launch(
  args: readonly string[],
  env: Environment,
): Program & { readonly child: ChildProcessWithoutNullStreams } {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env.PATH, ...env } });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  let over = false;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      over = true;
      resolve({ code, ...said });
      for (const listener of listeners) listener();
    });
  });
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    signal: (name) => void child.kill(name),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.stdout) ?? pattern.exec(said.stderr);
          if (!found && !over) return;
          listeners.delete(look);
          if (found) resolve(found);
          else reject(new Error(`it ended without saying ${pattern}:\n${said.stdout}\n${said.stderr}`));
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Starts a program that stays; ended with the test at the latest. */
export function start(args: readonly string[], env: Environment = {}): Program {
  const program = launch(args, env);
  onTestFinished(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
  });
  return program;
}

/** Runs a program that ends by itself. */
export async function run(args: readonly string[], env: Environment = {}, input = ''): Promise<Ended> {
  const program = launch(args, env);
  onTestFinished(() => void program.child.kill('SIGKILL'));
  // It may end without reading what it is given.
  program.child.stdin.on('error', () => {});
  program.child.stdin.end(input);
  return program.ended;
}

/** Starts `serve` on a free port and gives the address it prints, e.g. `http://127.0.0.1:40123`. */
export async function serve(env: Environment = {}): Promise<{ readonly program: Program; readonly url: string }> {
  const program = start(['serve'], { PORT: '0', ...env });
  const [, url = ''] = await program.says(/GraphQL\s+(http:\S+)\/graphql/);
  await program.says(/\/ready/);
  return { program, url };
}

/** Starts `sandbox` on a free port and gives its base URL, e.g. `http://127.0.0.1:40124/v1`. */
export async function sandbox(env: Environment = {}): Promise<{ readonly program: Program; readonly baseUrl: string }> {
  const program = start(['sandbox'], { SANDBOX_PORT: '0', ...env });
  const [, baseUrl = ''] = await program.says(/sandbox\s+(http:\S+)/);
  return { program, baseUrl };
}
