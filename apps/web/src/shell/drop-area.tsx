import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import css from './drop-area.module.css';

interface Props {
  enabled: boolean;
  /** What dropping does, shown while files hover. */
  label: string;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
  className?: string | undefined;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** Takes files dropped anywhere on its children. */
export function DropArea({ enabled, label, onFiles, children, className }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it that does the same by keyboard
    <div
      className={`${css.area} ${className ?? ''}`}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(enabled);
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = enabled ? 'copy' : 'none';
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        leave();
        const files = [...event.dataTransfer.files];
        if (enabled && files.length > 0) onFiles(files);
      }}
    >
      {children}
      {over && (
        <div className={css.veil}>
          <IconFileUpload size={40} stroke={1.4} aria-hidden />
          <span>{label}</span>
        </div>
      )}
    </div>
  );
}
