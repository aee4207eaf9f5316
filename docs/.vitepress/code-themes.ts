import { bundledThemes, type ThemeRegistration } from 'shiki';

/**
 * GitHub's colours that are too pale on the grey of a code block, each with one that has a contrast of 4.5 there: the
 * least that WCAG 2.2 asks for in its point 1.4.3.
 */
const darker: Readonly<Record<string, string>> = {
  '#6A737D': '#59636E',
  '#D73A49': '#B62A38',
  '#E36209': '#A04100',
  '#22863A': '#1B6E2F',
};
const lighter: Readonly<Record<string, string>> = { '#6A737D': '#97A1AB' };

async function withColours(name: 'github-light' | 'github-dark', changes: typeof darker): Promise<ThemeRegistration> {
  const { default: theme } = await bundledThemes[name]();
  const changed = (colour = '') => changes[colour.toUpperCase()] ?? colour;
  return {
    ...theme,
    name: `${name}-readable`,
    tokenColors: (theme.tokenColors ?? []).map((rule) => ({
      ...rule,
      settings: {
        ...rule.settings,
        ...(rule.settings.foreground && { foreground: changed(rule.settings.foreground) }),
      },
    })),
  };
}

/** Colours of code in light and dark. */
export const codeThemes = {
  light: await withColours('github-light', darker),
  dark: await withColours('github-dark', lighter),
};
