// Keeps one TypeScript program alive and checks one file again and again.
// A line of JSON in ({mode, file, text}), a line of JSON out ({ms, problems}). Only the named file ever changes.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import ts from 'typescript';

const options = {
  strict: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: true, types: [],
  target: ts.ScriptTarget.ES2023, ...(process.argv[2] === 'lean' ? { lib: ['lib.es2023.d.ts'] } : {}),
  module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
};

const changed = new Map(); // file -> { text, version }
const textOf = (file) => changed.get(file)?.text ?? (ts.sys.fileExists(file) ? readFileSync(file, 'utf8') : undefined);

// An editor's way: a language service that asks for versions.
const service = ts.createLanguageService({
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => options,
  getScriptFileNames: () => [...changed.keys()],
  getScriptVersion: (file) => String(changed.get(file)?.version ?? 0),
  getScriptSnapshot: (file) => {
    const text = textOf(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});

function byService(file) {
  return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
}

// A compiler's way: a new program that takes every unchanged file from the old one.
const host = ts.createCompilerHost(options);
const parsed = new Map();
host.getSourceFile = (file, target) => {
  const version = changed.get(file)?.version ?? 0;
  const kept = parsed.get(file);
  if (kept?.version === version) return kept.tree;
  const text = textOf(file);
  if (text === undefined) return undefined;
  const tree = ts.createSourceFile(file, text, target);
  parsed.set(file, { version, tree });
  return tree;
};
let program;

function byProgram(file) {
  program = ts.createProgram([...changed.keys()], options, host, program);
  const tree = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(tree), ...program.getSemanticDiagnostics(tree)];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { mode, file, text } = JSON.parse(line);
  changed.set(file, { text, version: (changed.get(file)?.version ?? 0) + 1 });
  const start = performance.now();
  const found = mode === 'service' ? byService(file) : byProgram(file);
  const ms = performance.now() - start;
  const problems = found.map((d) => ts.flattenDiagnosticMessageText(d.messageText, ' '));
  process.stdout.write(JSON.stringify({ ms, problems }) + '\n');
}
