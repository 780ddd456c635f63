import type { Descriptor, Grammar } from './grammar.ts';
import { type FileNote, noted, quoted } from './report.ts';
import type { XmlAttribute, XmlElement } from './xml.ts';

/** Writes booleans and numbers as bpmn-moddle reads them: it takes "1" for false and any text for a number. */
export function repairValues(
  element: XmlElement,
  type: Descriptor,
  grammar: Grammar,
  notes: FileNote[],
): void {
  element.attributes = element.attributes.filter((attribute) => {
    const property = grammar.attribute(attribute.name, element, type);
    if (!property || property.isReference) return true;
    if (property.type === 'Boolean') return repairBoolean(attribute);
    if (property.type !== 'Integer' && property.type !== 'Real') return true;
    if (attribute.value.trim() !== '' && Number.isFinite(Number(attribute.value))) return true;
    notes.push({
      code: 'attribute-lost',
      fate: 'lost',
      element: noted(element),
      line: element.line,
      detail: `"${attribute.name}" should be a number; ${quoted(attribute.value)} is left out.`,
    });
    return false;
  });

  function repairBoolean(attribute: XmlAttribute): boolean {
    const { value } = attribute;
    if (value === 'true' || value === 'false') return true;
    const read = /^(1|true)$/i.test(value.trim())
      ? 'true'
      : /^(0|false)$/i.test(value.trim())
        ? 'false'
        : null;
    notes.push({
      code: read === null ? 'attribute-lost' : 'value-corrected',
      fate: read === null ? 'lost' : 'changed',
      element: noted(element),
      line: element.line,
      detail:
        read === null
          ? `"${attribute.name}" should be true or false; ${quoted(value)} is left out.`
          : `"${attribute.name}" was written ${quoted(value)} and is now "${read}".`,
    });
    if (read !== null) attribute.value = read;
    return read !== null;
  }
}
