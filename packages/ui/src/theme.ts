import { createTheme, type MantineColorsTuple } from '@mantine/core';
import css from './controls.module.css';

const tide: MantineColorsTuple = [
  '#eef7f9',
  '#d8ecf1',
  '#b0d9e3',
  '#82c2d2',
  '#54a8bd',
  '#2f8fa8',
  '#17778f',
  '#0e6379',
  '#0b5366',
  '#083d4c',
];

const ink: MantineColorsTuple = [
  '#f7f8f9',
  '#eef1f3',
  '#e1e6e9',
  '#cbd3d8',
  '#adb8c0',
  '#8795a0',
  '#5b6974',
  '#4c5a65',
  '#2c3842',
  '#16212a',
];

const night: MantineColorsTuple = [
  '#e4eaee',
  '#b0bcc5',
  '#8f9da8',
  '#6a7984',
  '#37454e',
  '#253037',
  '#1b242a',
  '#151c21',
  '#0e1418',
  '#0a0f12',
];

const field = { classNames: { input: css.input, label: css.label, description: css.description } };
// The list itself scrolls, not a box around it that the keyboard could not reach.
const dropdown = { dropdown: css.dropdown, option: css.option, options: css.options };

/** Our theme over Mantine. Sizes are dense: 32 px controls, 13 px text; phones get 44 px targets by CSS. */
export const theme = createTheme({
  colors: { tide, gray: ink, dark: night },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', 'Inter', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '6px', sm: '10px', md: '16px', lg: '24px', xl: '40px' },
  radius: { xs: '4px', sm: '7px', md: '10px', lg: '14px', xl: '20px' },
  shadows: {
    xs: 'var(--tm-shadow-1)',
    sm: 'var(--tm-shadow-1)',
    md: 'var(--tm-shadow-2)',
    lg: 'var(--tm-shadow-3)',
    xl: 'var(--tm-shadow-3)',
  },
  headings: {
    fontWeight: '640',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '1.2' },
      h2: { fontSize: '20px', lineHeight: '1.3' },
      h3: { fontSize: '16px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' }, classNames: { root: css.button } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32 }, classNames: { root: css.action } },
    TextInput: field,
    PasswordInput: field,
    NumberInput: field,
    Textarea: field,
    NativeSelect: field,
    ColorInput: { classNames: { ...field.classNames, ...dropdown } },
    Select: {
      classNames: { ...field.classNames, ...dropdown },
      defaultProps: { checkIconPosition: 'right', withScrollArea: false },
    },
    Autocomplete: {
      classNames: { ...field.classNames, ...dropdown },
      defaultProps: { withScrollArea: false },
    },
    MultiSelect: {
      classNames: { ...field.classNames, ...dropdown },
      defaultProps: { withScrollArea: false },
    },
    // What is round is one of several.
    Checkbox: { defaultProps: { size: 'sm', radius: 'xs' } },
    Switch: { defaultProps: { size: 'sm' }, classNames: { track: css.switchTrack } },
    Menu: {
      defaultProps: { shadow: 'md', transitionProps: { duration: 90 }, withInitialFocusPlaceholder: false },
      classNames: { dropdown: css.dropdown, item: css.item, label: css.menuLabel },
    },
    Popover: { classNames: { dropdown: css.dropdown } },
    Modal: {
      defaultProps: { centered: true, radius: 'md', transitionProps: { duration: 120 } },
      classNames: {
        content: css.sheet,
        header: css.sheetHeader,
        title: css.sheetTitle,
        overlay: css.overlay,
      },
    },
    Drawer: {
      classNames: {
        content: css.sheet,
        header: css.sheetHeader,
        title: css.sheetTitle,
        overlay: css.overlay,
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 350, withArrow: false, offset: 6, transitionProps: { duration: 80 } },
      classNames: { tooltip: css.tooltip },
    },
    Tabs: { classNames: { tab: css.tabs } },
    SegmentedControl: {
      defaultProps: { size: 'xs', withItemsBorders: false },
      classNames: { root: css.segmented, label: css.segmentedLabel, indicator: css.segmentedIndicator },
    },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      classNames: { root: css.notification },
    },
  },
});
