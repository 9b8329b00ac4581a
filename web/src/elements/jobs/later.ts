/** What a list does without until it is wanted: a job beside the list, the menu, the plain table, chips and counts, the keys; and files. One file, since whoever wants one soon wants another. */
export { chipStyles, filtersPart, groupsPart } from './chips.ts';
export { Drawer, drawerStyles } from './drawer.ts';
export { keysStyles, showKeys } from './keys.ts';
export { ListMenu, menuStyles } from './menu.ts';
export { tablePart, tableStyles } from './table.ts';
