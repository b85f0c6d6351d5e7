/**
 * A rule for `deno lint`, see deno.json: arguments that are spread into a call are on the stack, which overflows at
 * some 120,000 of them.
 */

/** Files whose lists are as short as their authors made them. */
const IS_TEST = /(_test|_bench|testing|testdata|fuzz\w*)\.ts$|\/(testing|fuzz\w*)\//;

const MESSAGE =
  "Spread arguments are on the stack, and too many of them overflow it: take largest() or " +
  "smallest() of measure/statistics/statistics.ts, a loop, or an array";

/** Finds `call(...list)` and `call.apply(…)` outside of tests. */
const plugin: Deno.lint.Plugin = {
  name: "wsmark",
  rules: {
    "no-spread-arguments": {
      create(context) {
        if (IS_TEST.test(context.filename)) return {};

        function check(node: Deno.lint.CallExpression | Deno.lint.NewExpression): void {
          const spread = node.arguments.find((one) =>
            one.type === "SpreadElement" && one.argument.type !== "ArrayExpression"
          );
          if (spread !== undefined) context.report({ node: spread, message: MESSAGE });
        }
        return {
          CallExpression(node) {
            check(node);
            const { callee } = node;
            if (
              callee.type === "MemberExpression" && callee.property.type === "Identifier" &&
              callee.property.name === "apply"
            ) context.report({ node, message: MESSAGE });
          },
          NewExpression: check,
        };
      },
    },
  },
};

// The linter requires a default export.
export default plugin;
