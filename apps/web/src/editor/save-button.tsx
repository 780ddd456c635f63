import { IconDeviceFloppy } from '@tabler/icons-react';
import { IconButton, KeyboardHint } from '@tidemark/ui';
import { useSave } from './use-save.ts';

/** Sends what waits and tells when all of it is stored. */
export function SaveButton() {
  const save = useSave();
  return (
    <IconButton
      label="Save now"
      hint={
        <>
          Save now <KeyboardHint keys="Mod+S" />
        </>
      }
      onClick={save}
    >
      <IconDeviceFloppy size={18} stroke={1.7} />
    </IconButton>
  );
}
