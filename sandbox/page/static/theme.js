// Before anything is drawn: the theme and the language that were chosen last.
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(`minhu.${name}`);
    } catch {
      return null;
    }
  };
  const theme = kept("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  const language = new URLSearchParams(location.search).get("lang") || kept("language");
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
})();
