import { Table } from '@mantine/core';
import { useEstimation, useView } from './context.ts';
import { useFormat } from './format.ts';

/** Sections and lines to be read. */
export function PlainTable() {
  const sections = useView((view) => view.sections);
  const { amounts, sections: sums } = useEstimation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Item</Table.Th>
            <Table.Th ta="right">Quantity</Table.Th>
            <Table.Th>Unit</Table.Th>
            <Table.Th ta="right">Unit cost</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {sections.map(({ group, lines }) => (
          <Table.Tbody key={group?.id ?? ''}>
            <Table.Tr>
              <Table.Th colSpan={4}>{group?.name || 'Without a section'}</Table.Th>
              <Table.Th ta="right">{format.money(sums.get(group?.id ?? null)?.subtotal ?? 0)}</Table.Th>
            </Table.Tr>
            {lines.map((line) => (
              <Table.Tr key={line.id}>
                <Table.Td>{line.name}</Table.Td>
                <Table.Td ta="right">{format.quantity(line.qty)}</Table.Td>
                <Table.Td>{line.unit}</Table.Td>
                <Table.Td ta="right">{format.unitCost(line.unitCost)}</Table.Td>
                <Table.Td ta="right">{format.money(amounts.get(line.id) ?? 0)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}
