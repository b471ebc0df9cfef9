// The rules of the house as one pure function over source texts: which room may import which, which packages belong to
// one room, and what no file of src/ does. architecture.test.ts runs it over the real tree, and over trees that break it.

import ts from 'typescript';

/** Sources by path below src/, with forward slashes: `upstream/client.ts`. */
export type Sources = Readonly<Record<string, string>>;

/** What each room, and each file that stands by itself, may import of ours. A room always sees its own files. */
const MAY_SEE: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  telemetry: [],
  config: [],
  sandbox: [],
  upstream: ['domain', 'telemetry'],
  loaders: ['domain', 'upstream', 'telemetry'],
  feed: ['domain', 'upstream', 'telemetry'],
  commands: ['domain', 'upstream', 'telemetry'],
  workers: ['domain', 'upstream', 'telemetry'],
  context: ['domain', 'upstream', 'telemetry', 'loaders', 'feed'],
  schema: ['domain', 'upstream', 'telemetry', 'loaders', 'feed', 'context'],
  server: ['domain', 'upstream', 'telemetry', 'loaders', 'feed', 'context', 'schema'],
  app: ['domain', 'upstream', 'telemetry', 'loaders', 'feed', 'context', 'schema', 'server', 'config'],
  cli: ['domain', 'upstream', 'telemetry', 'schema', 'server', 'config', 'commands', 'sandbox', 'app', 'workers'],
};

/** Packages that one place has to itself. */
const OWNERS: readonly { readonly name: RegExp; readonly says: string; readonly owner: (path: string) => boolean }[] = [
  { name: /^undici(\/|$)/, says: 'only upstream/transport.ts', owner: (path) => path === 'upstream/transport.ts' },
  { name: /^@pothos\//, says: 'only schema/', owner: (path) => roomOf(path) === 'schema' },
  { name: /^(graphql-yoga|@graphql-yoga\/.+)$/, says: 'only server/', owner: (path) => roomOf(path) === 'server' },
  {
    name: /^graphql(-scalars)?(\/|$)/,
    says: 'not domain, upstream or sandbox',
    owner: (path) => !['domain', 'upstream', 'sandbox'].includes(roomOf(path)),
  },
  { name: /^(?!node:)/, says: 'never domain, which imports no package', owner: (path) => roomOf(path) !== 'domain' },
];

/** The one file that may only gather others. */
const BARREL = 'schema/index.ts';
const MAX_LINES = 300;
const COMPUTED = '(computed)';

type Say = (what: string) => void;

/** The room of a file, or its own name where it stands beside the rooms. */
function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
}

/** `./` and `../` resolved against the importing file; undefined for packages. */
function target(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `src:///root/${from}`).pathname.replace(/^\/root\//, '');
}

interface Import {
  readonly specifier: string;
  /** Only types are taken: nothing is left of it when the program runs. */
  readonly typeOnly: boolean;
}

function typeOnly(statement: ts.ImportDeclaration): boolean {
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

interface Facts {
  readonly imports: readonly Import[];
  readonly breaches: readonly string[];
}

// Trees that differ in one file are checked by the dozen; a file that did not change is read once.
const known = new Map<string, Facts>();

/** What a file tells by itself, without the rest of the tree. */
function factsOf(path: string, source: string): Facts {
  const key = `${path}\n${source}`;
  const facts = known.get(key) ?? readFacts(path, source);
  known.set(key, facts);
  return facts;
}

function readFacts(path: string, source: string): Facts {
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const breaches = new Set<string>();
  const say: Say = (what) => breaches.add(what);
  checkLines(source, say);
  for (const statement of tree.statements) checkStatement(path, statement, say);
  const visit = (node: ts.Node): void => {
    const found = importIn(node);
    if (found) imports.push(found);
    if (ts.isIdentifier(node) && path !== 'cli.ts' && isGlobalProcess(node)) say('touches process: only cli.ts may');
    if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && node.text === 'NODE_ENV') say('asks for NODE_ENV');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { imports, breaches: [...breaches] };
}

/** `import`, `export … from`, `import()` and `import('…').Type`. */
function importIn(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: typeOnly(node) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, typeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return { specifier: argument && ts.isStringLiteral(argument) ? argument.text : COMPUTED, typeOnly: false };
  }
  return undefined;
}

/** Every breach of the rules, one sentence each, sorted. Empty: the tree is as architecture.md wants it. */
export function violations(sources: Sources): readonly string[] {
  const breaches: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const say = (what: string) => breaches.push(`${path}: ${what}`);
    checkPlace(path, say);
    const { imports, breaches: own } = factsOf(path, source);
    checkImports(path, imports, sources, say);
    own.forEach(say);
  }
  return [...breaches, ...circles(sources)].sort();
}

function checkPlace(path: string, say: Say): void {
  if (path.split('/').length > 2) say('lies deeper than src/<room>/<file>');
  if (!path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.ts)?$/.test(part))) say('is not named in kebab-case');
  if (!(roomOf(path) in MAY_SEE)) say('is neither a known room nor a known file: give it a line in MAY_SEE');
}

function checkImports(path: string, imports: readonly Import[], sources: Sources, say: Say): void {
  const room = roomOf(path);
  for (const { specifier } of imports) {
    if (specifier === COMPUTED) say('imports a computed name, which nobody can follow');
    const ours = target(path, specifier);
    if (ours !== undefined) {
      const there = roomOf(ours);
      if (!(ours in sources)) say(`imports ${ours}, which src/ does not have`);
      else if (there !== room && !MAY_SEE[room]?.includes(there))
        say(`imports ${ours}, but ${room} may not see ${there}`);
      continue;
    }
    for (const { name, says, owner } of OWNERS) {
      if (name.test(specifier) && !owner(path)) say(`imports ${specifier}: ${says}`);
    }
    if (/^(node:)?process$/.test(specifier) && path !== 'cli.ts') say('imports process: only cli.ts touches it');
  }
}

function checkLines(source: string, say: Say): void {
  const lines = source.replace(/^#!.*\n/, '').split('\n');
  if (!lines[0]?.startsWith('//')) say('does not begin with a comment that says what it knows');
  // As eslint's max-lines counts: neither blank lines nor comments.
  const code = lines.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*|\*)/.test(line)).length;
  if (code > MAX_LINES) say(`has ${code} lines of code, more than ${MAX_LINES}`);
}

function checkStatement(path: string, statement: ts.Statement, say: Say): void {
  if (path === 'cli.ts') return;
  // A type that belongs to a signature may be passed on with it; code may not.
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && path !== BARREL) {
    if (!statement.isTypeOnly || !statement.exportClause) say('passes on exports of another file: no barrels');
  }
  if (ts.isExportAssignment(statement)) say('has a default export');
  if (ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const)) {
    say('keeps state in the module: `let` or `var` at the top level');
  }
  const inert =
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  if (!inert) say(`does work at import: ${statement.getText().split('\n')[0]}`);
}

/** The global itself, not a member or a property that happens to have its name. */
function isGlobalProcess(node: ts.Identifier): boolean {
  if (node.text !== 'process') return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return ts.isIdentifier(parent.expression) && parent.expression.text === 'globalThis';
  }
  const names = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  return names.name !== node && names.propertyName !== node;
}

/** Circles of imports that are left when the program runs: what they load first depends on who asks. */
function circles(sources: Sources): readonly string[] {
  const edges = new Map<string, readonly string[]>();
  for (const [path, source] of Object.entries(sources)) {
    const real = factsOf(path, source).imports.filter((one) => !one.typeOnly);
    edges.set(
      path,
      real.map(({ specifier }) => target(path, specifier)).filter((there) => there !== undefined),
    );
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push(`${[...trail.slice(at), path].join(' -> ')}: a circle of imports`);
    if (at >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return found;
}
