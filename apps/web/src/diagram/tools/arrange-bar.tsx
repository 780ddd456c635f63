import { Popover } from '@mantine/core';
import {
  IconCopy,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconPalette,
  IconTrash,
} from '@tabler/icons-react';
import { IconButton, KeyboardHint } from '@tidemark/ui';
import { ColourField } from './colour-field.tsx';
import { useTools } from './context.ts';
import { duplicate } from './duplicate.ts';
import { remove } from './element-actions.ts';
import { service } from './services.ts';
import css from './tools.module.css';
import { useSelected } from './use-canvas.ts';

const sides = [
  { side: 'left', label: 'Align left', Icon: IconLayoutAlignLeft },
  { side: 'center', label: 'Align centres', Icon: IconLayoutAlignCenter },
  { side: 'right', label: 'Align right', Icon: IconLayoutAlignRight },
  { side: 'top', label: 'Align top', Icon: IconLayoutAlignTop },
  { side: 'middle', label: 'Align middles', Icon: IconLayoutAlignMiddle },
  { side: 'bottom', label: 'Align bottom', Icon: IconLayoutAlignBottom },
] as const;

const axes = [
  { axis: 'horizontal', label: 'Distribute horizontally', Icon: IconLayoutDistributeHorizontal },
  { axis: 'vertical', label: 'Distribute vertically', Icon: IconLayoutDistributeVertical },
] as const;

/** What can be done with several elements at once; stands above the canvas while more than one is selected. */
export function ArrangeBar() {
  const { canvas } = useTools();
  const selected = useSelected();
  const shapes = selected.filter(({ waypoints, type }) => !waypoints && type !== 'bpmn:Lane');
  if (selected.length < 2) return null;
  return (
    <div className={css.bar} role="toolbar" aria-label="Arrange">
      {sides.map(({ side, label, Icon }) => (
        <IconButton
          key={side}
          label={label}
          size={30}
          disabled={shapes.length < 2}
          onClick={() => service(canvas, 'alignElements').trigger(shapes, side)}
        >
          <Icon size={17} stroke={1.7} />
        </IconButton>
      ))}
      <span className={css.rule} />
      {axes.map(({ axis, label, Icon }) => (
        <IconButton
          key={axis}
          label={label}
          size={30}
          disabled={shapes.length < 3}
          onClick={() => service(canvas, 'distributeElements').trigger(shapes, axis)}
        >
          <Icon size={17} stroke={1.7} />
        </IconButton>
      ))}
      <span className={css.rule} />
      <Popover position="bottom" withinPortal trapFocus returnFocus>
        <Popover.Target>
          <IconButton label="Colour" size={30}>
            <IconPalette size={17} stroke={1.7} />
          </IconButton>
        </Popover.Target>
        <Popover.Dropdown className={css.colourBox}>
          <ColourField elements={selected} />
        </Popover.Dropdown>
      </Popover>
      <IconButton
        label="Duplicate"
        hint={
          <>
            Duplicate <KeyboardHint keys="Mod+D" />
          </>
        }
        size={30}
        onClick={() => duplicate(canvas, selected)}
      >
        <IconCopy size={17} stroke={1.7} />
      </IconButton>
      <IconButton label="Delete" size={30} onClick={() => remove(canvas, selected)}>
        <IconTrash size={17} stroke={1.7} />
      </IconButton>
    </div>
  );
}
