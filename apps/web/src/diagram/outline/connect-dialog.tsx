import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTools } from '../tools/context.ts';
import { connect, connectTargets } from '../tools/element-actions.ts';
import { type CanvasElement, listOf, textOf } from '../tools/elements.ts';
import { elementAt } from '../tools/elements-at.ts';
import { typeWords } from '../tools/type-words.ts';

interface Props {
  /** Key of where the flow begins; null while nobody asks. */
  from: string | null;
  onClose: () => void;
}

/** Where a flow is to lead: for those who do not draw it. */
export function ConnectDialog({ from, onClose }: Props) {
  return (
    <Modal
      opened={from !== null}
      onClose={onClose}
      title="Connect to"
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {from !== null && <Form from={from} onClose={onClose} />}
    </Modal>
  );
}

function Form({ from, onClose }: { from: string; onClose: () => void }) {
  const { canvas } = useTools();
  const [chosen, choose] = useState<string | null>(null);
  const source = elementAt(canvas, from);
  const targets = source ? connectTargets(canvas, source) : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const target = targets.find(({ id }) => id === chosen);
        if (source && target) connect(canvas, source, target);
        onClose();
      }}
    >
      <Select
        label={`From ${source ? words(source) : 'an element that is gone'} to`}
        data={targets.map((target) => ({ value: target.id, label: words(target) }))}
        value={chosen}
        onChange={choose}
        searchable
        limit={100}
        nothingFoundMessage="Nothing has this name."
        data-autofocus
        comboboxProps={{ withinPortal: true }}
      />
      <Button type="submit" mt={16} fullWidth disabled={chosen === null}>
        Connect
      </Button>
    </form>
  );
}

function words({ businessObject, type, id }: CanvasElement): string {
  const name = textOf(businessObject, 'name') || textOf(businessObject, 'text');
  const kind = typeWords(
    type,
    listOf(businessObject, 'eventDefinitions').map(({ $type }) => $type),
  );
  return name ? `${name} (${kind.toLowerCase()})` : `${kind} ${id}`;
}
