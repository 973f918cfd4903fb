// The page's scripts run one after the other in one page and share the name `qa`.
import js from "@eslint/js";

const names = ["window", "document", "location", "history", "matchMedia", "getComputedStyle", "getSelection",
  "requestAnimationFrame", "performance", "addEventListener", "setTimeout", "clearTimeout", "print", "Blob", "URL", "Node", "Path2D",
  "ResizeObserver", "XMLSerializer", "Worker", "Response", "DecompressionStream", "atob", "vis", "TextDecoder", "self"];

export default [
  js.configs.recommended,
  {
    files: ["graph/resources/page/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      globals: { ...Object.fromEntries(names.map((name) => [name, "readonly"])), qa: "writable" },
    },
    rules: { eqeqeq: "error", "no-implicit-globals": "off", "no-redeclare": "off", "no-var": "error", "prefer-const": "error", strict: ["error", "global"] },
  },
];
