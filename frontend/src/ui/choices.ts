/** One line of a menu. Lines of a `group` that stand together get its name as a heading; `also` is searched and not shown. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  readonly group?: string;
  readonly also?: string;
  readonly icon?: string;
  readonly keyHint?: string;
  readonly current?: boolean;
  readonly disabled?: boolean;
}
