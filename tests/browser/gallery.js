// What gallery.py asks of a browser: the marks of every drawing, and small pictures of them laid side by side.
({
  // By figure, every mark as [tag, look, text, numbers] in the drawing's own units: boxes of shapes, places of texts.
  marks() {
    const hex = (paint) => (paint.startsWith("rgb(")
      ? "#" + paint.match(/\d+/g).map((n) => (+n).toString(16).padStart(2, "0")).join("") : paint.replace(/"/g, ""));
    const own = (mark, name) => {
      const n = mark.getAttribute(name) || "";
      return n.endsWith("em") ? 0 : +n;
    };
    const told = (svg) => (mark) => {
      const seen = getComputedStyle(mark), to = svg.getScreenCTM().inverse().multiply(mark.getScreenCTM());
      const at = (x, y) => { const p = new DOMPoint(x, y).matrixTransform(to); return [p.x, p.y]; };
      const round = (numbers) => numbers.map((n) => Math.round(n * 2) / 2);
      if (mark.tagName === "text") {
        const look = `${hex(seen.fill)} ${seen.textAnchor} ${seen.fontWeight}`;
        return ["text", look, mark.textContent, round(at(own(mark, "x"), own(mark, "y")))];
      }
      const { x, y, width, height } = mark.getBBox();
      const line = seen.stroke === "none" ? "-" : `${hex(seen.stroke)} ${parseFloat(seen.strokeWidth)}`;
      const look = `${hex(seen.fill)} ${line}${seen.strokeDasharray === "none" ? "" : " dashed"}`;
      return [mark.tagName, look, "", round([...at(x, y), ...at(x + width, y + height)])];
    };
    const drawing = (svg) => {
      const { width, height } = svg.viewBox.baseVal;
      const shown = [...svg.querySelectorAll("rect, circle, path, line, text")].filter((mark) => !mark.closest("defs"));
      return [["svg", "", "", [width, height]], ...shown.map(told(svg))];
    };
    return Object.fromEntries([...document.querySelectorAll(".gallery__case")].map((one) => [
      one.id, [...one.querySelectorAll(".fig__drawing svg.figure")].flatMap(drawing)]));
  },

  // Sets every drawing on a stage of its own, without letters, one under the other on even pixels; says where each stands.
  stage() {
    const stage = document.createElement("div"), moved = [], even = (n) => 2 * Math.round(n / 2);
    let y = 0;
    const rows = [...document.querySelectorAll(".fig__drawing svg.figure")].map((svg) => {
      const { width, height } = svg.getBoundingClientRect(), seen = getComputedStyle(svg);
      const row = [svg.closest(".gallery__case").id, y, even(width), even(height)];
      const place = document.createElement("div");
      Object.assign(place.style, { position: "absolute", top: `${y}px`, width: `${row[2]}px`, height: `${row[3]}px` });
      for (const name of ["--accent", "--tint"]) place.style.setProperty(name, seen.getPropertyValue(name));
      svg.querySelectorAll("text").forEach((text) => text.setAttribute("visibility", "hidden"));
      moved.push([svg, svg.parentNode, svg.nextSibling]);
      place.append(svg);
      stage.append(place);
      y += row[3];
      return row;
    });
    Object.assign(stage.style, { position: "absolute", top: 0, left: 0, zIndex: 9, width: "960px", height: `${y}px`, background: "var(--sheet)" });
    document.body.append(stage);
    window.unstage = () => {
      for (const [svg, parent, next] of moved.reverse()) {
        svg.querySelectorAll("text").forEach((text) => text.removeAttribute("visibility"));
        parent.insertBefore(svg, next);
      }
      stage.remove();
    };
    return rows;
  },

  // Shrinks a screenshot of the stage to one strip.
  async strip([png, rows, scale, shrunk]) {
    const image = new Image(), small = (n) => Math.round(n / shrunk);
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const strip = document.createElement("canvas"), brush = strip.getContext("2d");
    strip.width = small(Math.max(...rows.map((row) => row[2])));
    strip.height = rows.reduce((sum, row) => sum + small(row[3]), 0);
    brush.imageSmoothingQuality = "high";
    let y = 0;
    const placed = rows.map(([key, top, width, height]) => {
      const [w, h] = [small(width), small(height)];
      brush.drawImage(image, 0, top * scale, width * scale, height * scale, 0, y, w, h);
      y += h;
      return [key, y - h, w, h];
    });
    return { rows: placed, png: strip.toDataURL("image/png").split(",")[1] };
  },

  // By figure, how far two strips differ, of 255: the furthest cell, and the mean of all.
  async differ([ours, theirs, rows]) {
    const pixels = async (png) => {
      const image = new Image(), canvas = document.createElement("canvas");
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      [canvas.width, canvas.height] = [image.width, image.height];
      const brush = canvas.getContext("2d", { willReadFrequently: true });
      brush.drawImage(image, 0, 0);
      return (y, w, h) => brush.getImageData(0, y, w, h).data;
    };
    const [a, b] = [await pixels(ours), await pixels(theirs)], found = {};
    for (const [key, y, w, h] of rows) {
      const p = a(y, w, h), q = b(y, w, h), about = (found[key] = found[key] || { worst: 0, sum: 0, count: 0 });
      p.forEach((value, at) => {
        const far = Math.abs(value - q[at]);
        about.worst = Math.max(about.worst, far);
        about.sum += far;
      });
      about.count += p.length;
    }
    return Object.fromEntries(Object.entries(found).map(([key, { worst, sum, count }]) => [key, [worst, sum / count]]));
  },
})
