import { Indicator } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import tools from '../editor/tools.module.css';
import { useAttachmentCount } from './files-panel.tsx';

interface Props {
  size: number;
  pressed: boolean;
  onClick: () => void;
}

/** Opens the files of the document, and says how many there are. */
export function FilesButton({ size, pressed, onClick }: Props) {
  const count = useAttachmentCount();
  return (
    <Indicator label={count} size={15} offset={5} disabled={!count} classNames={{ indicator: tools.count }}>
      <IconButton
        label={count ? `Files, ${count}` : 'Files'}
        size={size}
        aria-pressed={pressed}
        onClick={onClick}
      >
        <IconPaperclip size={18} stroke={1.7} />
      </IconButton>
    </Indicator>
  );
}
