import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import type { DocumentSummary } from '../api/types.ts';
import { KindIcon } from '../shell/kind-icon.tsx';
import { nounOf } from '../shell/kind-words.ts';
import css from './thumbnail.module.css';

/** How a document looks, or the sign of its kind, in a place that is as large for each of them. */
export function Thumbnail({ item, title }: { item: DocumentSummary; title: string }) {
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const version = item.thumbnail;
  const [broken, setBroken] = useState<string | null>(null);
  if (version === null || broken === version) {
    return (
      <span className={css.kind} title={nounOf(item.kind)} aria-hidden>
        <KindIcon kind={item.kind} size={20} />
      </span>
    );
  }
  return (
    <span className={css.picture} title={nounOf(item.kind)}>
      <img
        className={css.image}
        src={`/api/documents/${item.id}/thumbnail?theme=${theme}&v=${version}`}
        alt={`${nounOf(item.kind)} ${title}`}
        width={90}
        height={50}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(version)}
      />
    </span>
  );
}
