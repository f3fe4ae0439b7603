import tseslint from 'typescript-eslint';

const timeNames =
  '/^(timeout|delay|duration|elapsed|latency|interval|rampUp|lateness|deadline|start|due|end)$/';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'results/', 'schemas/', 'coverage/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'vitest.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: `:matches(VariableDeclarator > Identifier[name=${timeNames}] ~ Literal[raw=/^[0-9.]+$/])`,
          message: 'Say the unit in the name: timeoutMs, startEpochMs, toPerSecond.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only (the worker entry excepted).' },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 5],
      complexity: ['error', 12],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**', '**/test-support/**'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'no-console': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['*.config.*', 'engine/run/worker.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
