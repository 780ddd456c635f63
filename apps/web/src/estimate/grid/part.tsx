import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'div'> {
  role: 'grid' | 'row' | 'rowheader' | 'columnheader' | 'gridcell' | 'listbox' | 'option';
}

/**
 * A part of the grid by its ARIA role. Not a table: rows are placed one by one and share their columns by CSS. The
 * focus goes to the field in the active cell, never to a part itself.
 */
export function Part({ role, ...rest }: Props) {
  return <div role={role} {...rest} />;
}
