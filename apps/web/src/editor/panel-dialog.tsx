import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './panel-dialog.module.css';

interface Props {
  title: string;
  size: number;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that a panel opens. On a phone the panel is one itself, and two heads of dialogs would be two banners of the page. */
export function PanelDialog({ title, size, onClose, children }: Props) {
  return (
    <Modal opened onClose={onClose} size={size} withCloseButton={false}>
      <div className={css.head}>
        <Modal.Title>{title}</Modal.Title>
        <Modal.CloseButton aria-label="Close" />
      </div>
      {children}
    </Modal>
  );
}
