/**
 * The parts elements are made of: template functions over native controls, and controllers for those with
 * a state of their own. All render into the element's own root, so that labels, descriptions and popups
 * may refer to each other.
 */
export { Combobox, type ComboboxOptions, type Option } from './combobox.ts';
export {
  type BannerOptions,
  type ButtonOptions,
  badge,
  banner,
  button,
  type ChipOptions,
  chip,
  liveRegion,
  type Severity,
} from './controls.ts';
export { calendarButton, type DateOptions, type DateState, dateField, dateProblem } from './dates.ts';
export { Dialog, type Question } from './dialog.ts';
export {
  areaField,
  type Choice,
  checkField,
  type FieldOptions,
  field,
  selectField,
  textField,
} from './fields.ts';
export { geometry } from './geometry.ts';
export { type Anchor, type Placement, placeBeside } from './layer.ts';
export { Menu, type MenuEntry, type MenuItem, type MenuOptions } from './menu.ts';
export { message } from './message.ts';
export { type Dismissal, deepFocus, type Overlay, stack, within } from './overlays.ts';
export { type PagerOptions, pager } from './pager.ts';
export { Popover, type PopoverOptions } from './popover.ts';
export { progress, progressLine } from './progress.ts';
export { type Tab, tabs } from './tabs.ts';
export { Tooltip } from './tooltip.ts';
export { code, dash, expiryCell, place, type QuantityOptions, quantity, stockBar } from './values.ts';
