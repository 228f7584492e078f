// The style sheet of a report page: system fonts, one column, at home on a phone and on paper. Internal to report/.
#pragma once

#include <string_view>

namespace hallmark::inline v0::detail {

inline constexpr std::string_view html_style = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1b1e22; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: break-word; }
main { max-width: 48rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1.25rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid #d9dce0; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { margin: 0 0 1rem; max-width: 42rem; }
.answer { font-size: 1.15rem; line-height: 1.45; padding: .8rem 1rem; border-left: .3rem solid #8a9099; background: #f4f5f6; max-width: none; }
.answer.good { border-color: #0b7a5c; background: #eaf5f1; }
.answer.bad { border-color: #c2500a; background: #fcf1e8; }
.scroll { overflow-x: auto; margin: 0 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #555b63; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem .4rem; border-bottom: 1px solid #e3e5e8; }
thead th { border-bottom: 2px solid #8a9099; vertical-align: bottom; font-weight: 600; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.short { white-space: nowrap; }
td.good { background: #eaf5f1; color: #075540; font-weight: 600; }
td.bad { background: #fcf1e8; color: #8a3606; font-weight: 600; }
td.neutral { background: #f4f5f6; color: #454b53; }
figure { margin: 0 0 1.5rem; }
figure > svg.chart { display: block; width: 100%; max-width: 44rem; height: auto; color: #33383e; }
figcaption { color: #555b63; font-size: .92rem; line-height: 1.45; margin-top: .4rem; max-width: 42rem; }
.gallery { display: flex; flex-wrap: wrap; gap: 1.25rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
.gallery figure { margin: 0; }
.gallery .pair { display: flex; flex-wrap: wrap; gap: .35rem; }
.gallery img { display: block; height: auto; max-width: 100%; image-rendering: pixelated; background: #f4f5f6; }
.gallery span { display: block; font-size: .8rem; color: #555b63; }
.gallery figcaption { font-size: .85rem; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .3rem 1.25rem; margin: 0 0 1.25rem; font-size: .92rem; line-height: 1.4; }
dt { color: #555b63; }
dd { margin: 0; font-variant-numeric: tabular-nums; min-width: 0; }
.warnings { border: 1px solid #d9a441; border-left-width: .3rem; background: #fdf8ec; padding: .8rem 1rem; margin: 0 0 1.25rem; }
.warnings strong { display: block; }
.warnings ul { margin: .3rem 0 0; padding-left: 1.2rem; }
details { margin: 0 0 1.25rem; border: 1px solid #e3e5e8; padding: .6rem 1rem; }
summary { cursor: pointer; font-weight: 600; }
details[open] > summary { margin-bottom: .75rem; }
@media (max-width: 34rem) {
  main { padding: 1.25rem .9rem 2.5rem; }
  h1 { font-size: 1.4rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  figure, tr, .warnings, .answer, .gallery li { break-inside: avoid; }
  .scroll { overflow: visible; }
  .answer, td, .warnings { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace hallmark::inline v0::detail
