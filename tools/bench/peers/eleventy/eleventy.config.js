const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");
const path = require("node:path");

const page = (title, body) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Corpus</title></head>
<body>
<nav><a href="/">Home</a> <a href="/tags/">Tags</a></nav>
<main><h1>${title}</h1>
${body}</main>
</body>
</html>
`;
const list = (title, notes) => page(title, `<ul>${notes.map((n) => `<li><a href="${n.url}">${n.data.title}</a></li>`).join("\n")}</ul>`);
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

module.exports = function (config) {
  config.addPlugin(highlight);
  config.setUseGitIgnore(false);
  config.addGlobalData("eleventyComputed", { permalink: (data) => `${data.page.filePathStem}/index.html` });
  config.amendLibrary("md", (md) => {
    md.renderer.rules.heading_open = (tokens, i) => `<${tokens[i].tag} id="${slug(tokens[i + 1].content)}">`;
    md.renderer.rules.link_open = (tokens, i, options, env, self) => {
      tokens[i].attrSet("href", tokens[i].attrGet("href").replace(/^(\.\.\/.*)\.md$/, "../$1/"));
      return self.renderToken(tokens, i, options);
    };
  });
  config.addTransform("page", function (content) {
    const note = this.page.inputPath.endsWith(".md");
    if (!note) return content;
    const title = seen.get(this.page.url).data.title;
    const tags = seen.get(this.page.url).data.tags.map((t) => `<a href="/tags/${t}/">${t}</a>`).join(" ");
    const contents = [...content.matchAll(/<h2 id="([^"]*)">(.*?)<\/h2>/g)].map((h) => `<li><a href="#${h[1]}">${h[2]}</a></li>`).join("");
    return page(title, `<p>${tags}</p><nav><ul>${contents}</ul></nav>\n${content}`);
  });
  const seen = new Map();
  config.addCollection("seen", (all) => {
    for (const n of all.getAll()) seen.set(n.url, n);
    return [];
  });
  const groups = (all, of) => {
    const found = new Map();
    for (const n of all.getAll()) for (const key of of(n)) found.set(key, [...(found.get(key) || []), n]);
    return found;
  };
  config.on("eleventy.after", ({ results, dir }) => {
    const fs = require("node:fs");
    const write = (name, text) => {
      const file = path.join(dir.output, name, "index.html");
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    };
    const all = { getAll: () => [...seen.values()] };
    const tags = groups(all, (n) => n.data.tags || []);
    const folders = groups(all, (n) => [n.url.split("/")[1]]);
    for (const [tag, notes] of tags) write(`tags/${tag}`, list(tag, notes));
    for (const [folder, notes] of folders) write(folder, list(folder, notes));
    write("tags", list("Tags", [...tags.keys()].map((t) => ({ url: `/tags/${t}/`, data: { title: t } }))));
    write("", list("Corpus", [...folders.keys()].map((f) => ({ url: `/${f}/`, data: { title: f } }))));
  });
  return { dir: { input: process.env.NOTES, output: process.env.OUT }, templateFormats: ["md"], markdownTemplateEngine: false };
};
