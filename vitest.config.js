import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{engine,samplers,listeners,monitors,sandbox,cli,test,bench}/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
