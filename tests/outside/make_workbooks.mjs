// For make_workbooks: the rows on standard input, by the writers of JavaScript. Prints each file's name, and whether cells are merged.
import { createRequire } from 'module'
import fs from 'fs'
import path from 'path'
const require = createRequire(path.join(process.env.NODE_PATH || process.cwd(), 'x.js'))
const data = JSON.parse(fs.readFileSync(0, 'utf8'))
const at = name => path.join(data.out, name)
const value = cell => cell && cell.day ? new Date(cell.day) : cell
const say = (name, merged) => console.log(name, merged ? 'merged' : 'plain')
const EPOCH = Date.UTC(1899, 11, 30)

function sheetjs(XLSX, prefix, kinds) {
  const sheet = {}, ods = kinds[0][1].bookType === 'ods'
  data.rows.forEach((row, r) => row.forEach((cell, c) => {
    if (cell === null) return
    const address = XLSX.utils.encode_cell({ r, c })
    if (cell.day && ods) sheet[address] = { t: 'd', v: new Date(cell.day) }
    else if (cell.day) sheet[address] = { t: 'n', v: (Date.parse(cell.day) - EPOCH) / 86400000, z: 'yyyy-mm-dd hh:mm' }
    else if (typeof cell === 'boolean') sheet[address] = { t: 'b', v: cell }
    else if (typeof cell === 'number') sheet[address] = { t: 'n', v: cell, ...(r === data.percent && c > 1 ? { z: '0.0%' } : {}) }
    else sheet[address] = { t: 's', v: cell }
  }))
  sheet['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: data.rows.length - 1, c: 5 } })
  sheet['!merges'] = data.merges.map(([r, c, r2, c2]) => ({ s: { r, c }, e: { r: r2, c: c2 } }))
  const book = { SheetNames: ['表'], Sheets: { 表: sheet } }
  for (const [name, options] of kinds) {
    XLSX.writeFile(book, at(prefix + name), options)
    say(prefix + name, true)
  }
}

async function exceljs(name, streaming) {
  const ExcelJS = require('exceljs')
  const book = streaming ? new ExcelJS.stream.xlsx.WorkbookWriter({ filename: at(name), useStyles: true, useSharedStrings: false }) : new ExcelJS.Workbook()
  book.created = book.modified = new Date('2021-01-15T00:00:00Z')
  const sheet = book.addWorksheet('表')
  data.rows.forEach((row, r) => {
    const line = sheet.getRow(r + 1)
    row.forEach((cell, c) => {
      if (cell === null) return
      line.getCell(c + 1).value = c === 1 && r > 2 ? { richText: [{ font: { bold: true }, text: cell.slice(0, 2) }, { text: cell.slice(2) }] } : value(cell)
      if (cell.day) line.getCell(c + 1).numFmt = 'yyyy-mm-dd'
    })
    if (streaming) line.commit()
  })
  if (!streaming) for (const [r, c, r2, c2] of data.merges) sheet.mergeCells(r + 1, c + 1, r2 + 1, c2 + 1)
  if (streaming) await book.commit()
  else await book.xlsx.writeFile(at(name))
  say(name, !streaming)
}

async function excel4node(name) {
  const book = new (require('excel4node').Workbook)()
  const sheet = book.addWorksheet('表')
  data.rows.forEach((row, r) => row.forEach((cell, c) => {
    if (cell === null) return
    const to = sheet.cell(r + 1, c + 1)
    if (cell.day) to.number((Date.parse(cell.day) - EPOCH) / 86400000).style({ numberFormat: 'yyyy-mm-dd hh:mm' })
    else if (typeof cell === 'boolean') to.bool(cell)
    else if (typeof cell === 'number') to.number(cell)
    else to.string(cell)
  }))
  fs.writeFileSync(at(name), await book.writeToBuffer())
  say(name, false)
}

async function populate(name) {
  const book = await require('xlsx-populate').fromBlankAsync()
  const sheet = book.sheet(0)
  data.rows.forEach((row, r) => row.forEach((cell, c) => {
    if (cell === null) return
    const to = sheet.cell(r + 1, c + 1)
    if (cell.day) to.value((Date.parse(cell.day) - EPOCH) / 86400000).style('numberFormat', 'yyyy-mm-dd')
    else to.value(cell)
  }))
  for (const [r, c, r2, c2] of data.merges) sheet.range(r + 1, c + 1, r2 + 1, c2 + 1).merged(true)
  await book.toFileAsync(at(name))
  say(name, true)
}

sheetjs(require('xlsx'), 'sheetjs', [['.xlsx', { bookSST: true, compression: true }],
  ['-inline.xlsx', { bookSST: false, compression: true }], ['.xlsm', { bookType: 'xlsm', compression: true }], ['.xls', { bookType: 'biff8' }]])
sheetjs(require('xlsx'), 'sheetjs', [['.ods', { bookType: 'ods', compression: true }]])
sheetjs(require('xlsx-js-style'), 'xlsx-js-style', [['.xlsx', { compression: true }]])
await exceljs('exceljs.xlsx', false)
await exceljs('exceljs-stream.xlsx', true)
await excel4node('excel4node.xlsx')
await populate('xlsx-populate.xlsx')
