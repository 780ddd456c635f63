import { Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowRight,
  IconCopy,
  IconFocusCentered,
  IconPencil,
  IconPlus,
  IconReplace,
  IconTrash,
} from '@tabler/icons-react';
import { KeyboardHint } from '@tidemark/ui';
import { type ReactNode, useRef } from 'react';
import { useDesk } from '../context.ts';
import { focusProperties } from '../properties/focus-properties.ts';
import { useConnecting } from '../tools/connecting.ts';
import { useTools } from '../tools/context.ts';
import { duplicate } from '../tools/duplicate.ts';
import {
  addChoices,
  addInside,
  append,
  appendChoices,
  connectTargets,
  mayAppend,
  mayHold,
  remove,
} from '../tools/element-actions.ts';
import type { CanvasElement } from '../tools/elements.ts';
import { elementAt } from '../tools/elements-at.ts';
import css from '../tools/tools.module.css';
import { typeChoices } from '../tools/type-choices.ts';
import { useReveal } from '../tools/use-reveal.ts';
import type { OutlineNode } from './outline.ts';

interface Props {
  node: OutlineNode;
  /** Where its line is, pixels from the top of all lines. */
  top: number;
  onRename: () => void;
  onMade: (element: CanvasElement) => void;
  /** `refocus` unless what was chosen takes the focus itself. */
  onClose: (refocus: boolean) => void;
}

/** All that can be done with an element, for the keyboard: what the canvas offers around it, and more. */
export function OutlineMenu({ node, top, onRename, onMade, onClose }: Props) {
  const { canvas, mayEdit } = useTools();
  const show = useReveal();
  const desk = useDesk();
  const connecting = useConnecting();
  const refocus = useRef(true);
  // Null while the element is on a diagram that is not shown; it is shown first.
  const element = elementAt(canvas, node.key);

  // A submenu tells of its end a moment later; another menu may be open by then.
  const closed = useRef(false);
  const close = () => {
    if (closed.current) return;
    closed.current = true;
    onClose(refocus.current);
  };
  const made = (act: (element: CanvasElement) => CanvasElement | null) => () => {
    const next = element && act(element);
    if (next) onMade(next);
  };
  return (
    <Menu
      opened
      onChange={(opened) => {
        if (!opened) close();
      }}
      position="bottom-end"
      width={220}
      returnFocus={false}
      closeOnItemClick
    >
      <Menu.Target>
        <span className={css.menuAnchor} style={{ top: top + 26 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${node.name || node.words}`}>
        <Menu.Item
          leftSection={<IconFocusCentered size={16} stroke={1.7} />}
          onClick={() => void show(node.key)}
        >
          Show on the canvas
        </Menu.Item>
        <Menu.Item
          leftSection={<IconAdjustments size={16} stroke={1.7} />}
          onClick={() => {
            refocus.current = false;
            void show(node.key).then(() => {
              desk.open('properties');
              requestAnimationFrame(focusProperties);
            });
          }}
        >
          Properties
        </Menu.Item>
        {mayEdit && element && (
          <>
            <Menu.Item
              leftSection={<IconPencil size={16} stroke={1.7} />}
              aria-keyshortcuts="F2"
              rightSection={<Keys keys="F2" />}
              onClick={() => {
                refocus.current = false;
                onRename();
              }}
            >
              Rename
            </Menu.Item>
            {mayAppend(element) && (
              <Choices
                label="Append"
                icon={<IconPlus size={16} stroke={1.7} />}
                choices={appendChoices}
                onChoose={(type) => made((from) => append(canvas, from, type))()}
              />
            )}
            {mayHold(element) && (
              <Choices
                label="Add inside"
                icon={<IconPlus size={16} stroke={1.7} />}
                choices={addChoices}
                onChoose={(type) => made((into) => addInside(canvas, into, type))()}
              />
            )}
            {connectTargets(canvas, element).length > 0 && (
              <Menu.Item
                leftSection={<IconArrowRight size={16} stroke={1.7} />}
                onClick={() => {
                  refocus.current = false;
                  connecting.begin(node.key);
                }}
              >
                Connect to…
              </Menu.Item>
            )}
            <ChangeType element={element} onMade={onMade} />
            {element.parent && (
              <>
                <Menu.Item
                  leftSection={<IconCopy size={16} stroke={1.7} />}
                  rightSection={<Keys keys="Mod+D" />}
                  onClick={() => {
                    const [first] = duplicate(canvas, [element]);
                    if (first) onMade(first);
                  }}
                >
                  Duplicate
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconTrash size={16} stroke={1.7} />}
                  aria-keyshortcuts="Delete"
                  rightSection={<Keys keys="Delete" />}
                  data-danger
                  onClick={() => remove(canvas, [element])}
                >
                  Delete
                </Menu.Item>
              </>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** For the eye; the item says it to screen readers. */
function Keys({ keys }: { keys: string }) {
  return (
    <span aria-hidden>
      <KeyboardHint keys={keys} />
    </span>
  );
}

function ChangeType({
  element,
  onMade,
}: {
  element: CanvasElement;
  onMade: (element: CanvasElement) => void;
}) {
  const { canvas } = useTools();
  const choices = typeChoices(canvas, element);
  if (choices.length === 0) return null;
  return (
    <Choices
      label="Change type"
      icon={<IconReplace size={16} stroke={1.7} />}
      choices={choices.map(({ id, label, icon }) => ({ id, label, icon, type: id }))}
      onChoose={(id) => {
        const made = choices.find((choice) => choice.id === id)?.run();
        if (made) onMade(made);
      }}
    />
  );
}

interface ChoicesProps {
  label: string;
  icon: ReactNode;
  choices: readonly {
    readonly id: string;
    readonly label: string;
    readonly icon: string;
    readonly type: string;
  }[];
  onChoose: (type: string) => void;
}

function Choices({ label, icon, choices, onChoose }: ChoicesProps) {
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={icon}>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className={css.longMenu} aria-label={label}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.id}
            leftSection={<span className={`${choice.icon} ${css.menuIcon}`} aria-hidden />}
            onClick={() => onChoose(choice.type)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
