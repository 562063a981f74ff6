import { useEffect, useState } from 'preact/hooks';

/** Whether the page is in dark colours: a canvas must be drawn anew for others. */
export function useDarkness(): boolean {
  const [isDark, setDark] = useState(false);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const look = () => setDark(scheme.matches);
    look();
    scheme.addEventListener('change', look);
    return () => scheme.removeEventListener('change', look);
  }, []);
  return isDark;
}
