import { typeNames, typeOf } from '@tidemark/documents/diagram';
import { describe, expect, test } from 'vitest';
import { createModdle, type Property } from './moddle.ts';

const moddle = createModdle();
const plain: Readonly<Record<string, string>> = { String: '', Boolean: 'b', Integer: 'n', Real: 'n' };

/** What the table says of a property, from what bpmn-moddle says of it. */
function described({ type, isMany, isReference }: Property): { holds: string; type: string } {
  if (/^dc:(Bounds|Point|Font)$/.test(type)) return { holds: '$', type: '' };
  if (Object.hasOwn(plain, type)) return { holds: isMany ? '#' : '@', type: plain[type]! };
  if (isReference) return { holds: isMany ? '&*' : '&', type: '' };
  return isEnumeration(type) ? { holds: '@', type: '' } : { holds: isMany ? '*' : '.', type };
}

/** bpmn-moddle knows the names of enumerations only by not knowing a type of that name. */
function isEnumeration(type: string): boolean {
  if (type === 'Element') return false;
  try {
    moddle.getType(type);
    return false;
  } catch {
    return true;
  }
}

describe('grammar', () => {
  test.each([...typeNames()])('BPMN-3: %s has in the view what it has in bpmn-moddle', (name) => {
    const { properties } = moddle.getType(name).$descriptor;
    const expected = properties
      .filter(({ isVirtual }) => !isVirtual)
      .map((each) => [each.name, described(each)]);
    const ours = typeOf(name)!.properties;
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(expected));
  });

  test('BPMN-3: the view knows every type that bpmn-moddle can make', () => {
    expect(makeable.map(({ name }) => name).filter((name) => typeOf(name) === null)).toEqual([]);
  });

  test('BPMN-3: abstract types are abstract, and each type is also what it is in bpmn-moddle', () => {
    for (const { name, isAbstract } of makeable) {
      const type = typeOf(name);
      const element = moddle.create(name);
      const kinds = [...typeNames()].filter((kind) => element.$instanceOf(kind));
      expect([name, type?.isAbstract, [...(type?.kinds ?? [])].sort()]).toEqual([
        name,
        isAbstract,
        kinds.sort(),
      ]);
    }
  });
});

/** Traits (the colours) are part of the types they extend; simple types are no elements. */
const makeable = moddle
  .getPackages()
  .flatMap(({ prefix, types }) =>
    (types ?? [])
      .filter(({ name, extends: extended }) => extended === undefined && !Object.hasOwn(plain, name))
      .map(({ name, isAbstract }) => ({ name: `${prefix}:${name}`, isAbstract: isAbstract === true })),
  );
