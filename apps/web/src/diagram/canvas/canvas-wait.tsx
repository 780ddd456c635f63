import { Loader, useComputedColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { documentQuery, listedDocument } from '../../api/documents.ts';
import css from './canvas-area.module.css';

/** The paper while nothing is drawn on it yet: what the server drew last, where there is such a picture. */
export function CanvasWait() {
  const { documentId } = useParams({ from: '/signed-in/d/$documentId' });
  const listed = listedDocument(useQueryClient(), documentId);
  const { data } = useQuery(documentQuery(documentId));
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const version = (data ?? listed)?.thumbnail ?? null;
  return (
    <div className={css.wait} role="status" aria-label="The diagram is on its way">
      {version !== null && (
        <img
          className={css.last}
          alt=""
          src={`/api/documents/${documentId}/thumbnail?theme=${theme}&v=${version}`}
        />
      )}
      <Loader className={css.loader} size="sm" color="gray" type="dots" />
    </div>
  );
}
