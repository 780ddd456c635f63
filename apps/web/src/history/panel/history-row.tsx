import { IconBolt, IconFlag, IconLock, IconTag } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Avatar } from '@tidemark/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Author, HistoryItem, MomentRef, Touched } from '../../api/history.ts';
import { colourOf } from '../../shell/colour.ts';
import { momentSearch } from '../address.ts';
import { useLive } from '../live.ts';
import { momentWords } from '../moment-words.ts';
import { versionTitle } from '../version-title.ts';
import { timeOf } from './entries.ts';
import { ItemMenu } from './item-menu.tsx';
import { automaticWords, clockTime, momentOf, span } from './item-words.ts';
import css from './panel.module.css';

interface Props {
  item: HistoryItem;
  before: MomentRef | null;
  /** Whether the past that is shown is this one. */
  current: boolean;
  describe: (touched: Touched) => string;
}

/** One line of history: look at it by Enter, all else by its menu. */
export function HistoryRow({ item, before, current, describe }: Props) {
  const { documentId } = useLive();
  const [menu, setMenu] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  // Who travels by the timeline sees where that is.
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const moment = momentOf(item);
  const body = <Body item={item} describe={describe} />;
  if (moment === null) {
    return (
      <li className={css.row} data-type={item.type}>
        <span className={css.look}>{body}</span>
      </li>
    );
  }
  return (
    <li
      ref={line}
      className={css.row}
      data-type={item.type}
      data-current={current || undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu(true);
      }}
    >
      <Link
        to="/d/$documentId"
        params={{ documentId }}
        search={momentSearch(moment)}
        className={css.look}
        preload={false}
        aria-current={current ? 'true' : undefined}
        data-history-item
      >
        {body}
      </Link>
      <span className={css.more}>
        <ItemMenu
          item={item}
          moment={moment}
          before={before}
          label={labelOf(item)}
          opened={menu}
          onChange={setMenu}
        />
      </span>
    </li>
  );
}

/** What the moment is called in questions and on buttons. */
function labelOf(item: HistoryItem): string {
  return item.type === 'version' ? versionTitle(item.version) : momentWords(timeOf(item));
}

function Body({ item, describe }: { item: HistoryItem; describe: Props['describe'] }) {
  switch (item.type) {
    case 'session':
      return (
        <Parts
          mark={<Face by={item.by} />}
          name={item.by.name || 'The server'}
          time={span(item.from, item.to)}
          said={describe(item.touched)}
          about={`${item.edits === 1 ? '1 edit' : `${item.edits.toLocaleString('en')} edits`}${item.detail ? '' : ' · only versions are kept of this time'}`}
        />
      );
    case 'version': {
      const { version } = item;
      const Icon = version.kind === 'submitted' ? IconLock : IconTag;
      return (
        <Parts
          mark={<Icon size={15} stroke={1.8} aria-hidden />}
          name={`#${version.number} ${version.name || 'Submitted'}`}
          time={clockTime(item.at)}
          said={version.note}
          about={[
            version.kind === 'submitted' ? 'Submitted' : 'Named',
            version.by.name && `by ${version.by.name}`,
          ]
            .filter(Boolean)
            .join(' ')}
        />
      );
    }
    case 'automatic':
      return (
        <Parts
          mark={<IconBolt size={15} stroke={1.8} aria-hidden />}
          name={automaticWords(item)}
          time={clockTime(item.at)}
          said=""
          about={item.by.name}
        />
      );
    case 'life':
      return (
        <Parts
          mark={<IconFlag size={15} stroke={1.8} aria-hidden />}
          name="Begun anew"
          time={clockTime(item.at)}
          said="What was before belongs to an earlier life of this document."
          about={item.by.name}
        />
      );
  }
}

function Face({ by }: { by: Author }) {
  return <Avatar size={22} person={{ id: by.id ?? '', name: by.name, colour: colourOf(by.id ?? '') }} />;
}

interface PartsProps {
  mark: ReactNode;
  name: string;
  time: string;
  said: string;
  about: string;
}

function Parts({ mark, name, time, said, about }: PartsProps) {
  return (
    <>
      <span className={css.mark}>{mark}</span>
      <span className={css.name}>{name}</span>
      <span className={css.time}>{time}</span>
      {said !== '' && <span className={css.said}>{said}</span>}
      {about !== '' && <span className={css.about}>{about}</span>}
    </>
  );
}
