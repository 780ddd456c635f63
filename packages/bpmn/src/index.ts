export { applyStructure, applyValues, canBecome, createElement } from './apply.ts';
export type { BuiltDiagram } from './build.ts';
export { build } from './build.ts';
export type { Decoder } from './file/decode.ts';
export { exportBpmn } from './file/export-bpmn.ts';
export { type FileRefusal, isFileRefusal } from './file/file-refusal.ts';
export { type ImportPort, importFile, parseDiagram } from './file/import-file.ts';
export { maxFileBytes } from './file/read-file.ts';
export type { Fate, FileNote, FileReport, NoteCode, NotedElement } from './file/report.ts';
export { flatten } from './flatten.ts';
export type { FlatChange } from './flatten-changed.ts';
export { flattenChanged } from './flatten-changed.ts';
export type { Keys } from './keys.ts';
export { createKeys } from './keys.ts';
export { type LintFinding, type LintRule, lintDiagram } from './lint/lint-diagram.ts';
export type {
  Descriptor,
  GenericElement,
  Moddle,
  ModdleElement,
  OutsideElement,
  ParseResult,
  ParseWarning,
  Property,
} from './moddle.ts';
export { createModdle, isGeneric, isModdleElement } from './moddle.ts';
export { keepOutsideReferences } from './outside.ts';
export { toXml } from './to-xml.ts';
