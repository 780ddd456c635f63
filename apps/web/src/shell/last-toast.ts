import { type NotificationData, notifications } from '@mantine/notifications';

type Said = Omit<NotificationData, 'id'>;

/** Says one thing at a time: the next takes the place of what stood there, with the time of its own to be read. */
export class LastToast {
  #id: string | null = null;

  say(toast: Said): void {
    this.hide();
    // Under an id that stands there already it would not be shown, or keep the time of the one before.
    this.#id = notifications.show(toast);
  }

  hide(): void {
    if (this.#id !== null) notifications.hide(this.#id);
    this.#id = null;
  }
}
