/** One line of a menu. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: string;
  readonly keyHint?: string;
  readonly current?: boolean;
  readonly disabled?: boolean;
}
