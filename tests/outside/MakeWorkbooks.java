import java.io.*;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.*;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.*;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** For make_workbooks: the cells on standard input ("row, column, kind, format, text" by tabs), written by Apache POI. */
public class MakeWorkbooks {
    static Row row(Sheet sheet, int number) {
        Row row = sheet.getRow(number);
        return row != null ? row : sheet.createRow(number);
    }

    static void fill(Workbook book, List<String> lines) {
        Sheet sheet = book.createSheet("表");
        Map<String, CellStyle> styles = new HashMap<>();
        for (String line : lines) {
            String[] f = line.split("\t", -1);
            int r = Integer.parseInt(f[0]), c = Integer.parseInt(f[1]);
            if (f[2].equals("m")) {
                sheet.addMergedRegion(new CellRangeAddress(r, Integer.parseInt(f[3]), c, Integer.parseInt(f[4])));
                continue;
            }
            Cell cell = row(sheet, r).createCell(c);
            switch (f[2]) {
            case "b": cell.setCellValue(Boolean.parseBoolean(f[4])); break;
            case "n": cell.setCellValue(Double.parseDouble(f[4])); break;
            case "d": cell.setCellValue(LocalDateTime.parse(f[4])); break;
            default: cell.setCellValue(f[4].replace("\\n", "\n"));
            }
            if (!f[3].isEmpty()) cell.setCellStyle(styles.computeIfAbsent(f[3], code -> {
                CellStyle style = book.createCellStyle();
                style.setDataFormat(book.createDataFormat().getFormat(code));
                return style;
            }));
        }
    }

    static void formulas(Workbook book) {
        Row row = book.createSheet("表").createRow(0);
        String[] all = {"1/4", "\"文\"&\"字\"", "1=1", "1/0", "REPT(\"长\",9000)"};
        for (int c = 0; c < all.length; c++) row.createCell(c).setCellFormula(all[c]);
        row.createCell(all.length).setCellValue("后面");
        book.getCreationHelper().createFormulaEvaluator().evaluateAll();
    }

    static void save(Workbook book, String folder, String name) throws IOException {
        try (OutputStream out = new FileOutputStream(new File(folder, name))) {
            book.write(out);
        }
        book.close();
    }

    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null;) lines.add(line);
        Map<String, Workbook> books = new LinkedHashMap<>();
        books.put("poi-hssf.xls", new HSSFWorkbook());
        books.put("poi-xssf.xlsx", new XSSFWorkbook());
        books.put("poi-sxssf.xlsx", new SXSSFWorkbook());
        for (Map.Entry<String, Workbook> e : books.entrySet()) {
            fill(e.getValue(), lines);
            save(e.getValue(), arguments[0], e.getKey());
        }
        Workbook old = new HSSFWorkbook(), recent = new XSSFWorkbook();
        formulas(old);
        formulas(recent);
        save(old, arguments[0], "poi-formulas.xls");
        save(recent, arguments[0], "poi-formulas.xlsx");
    }
}
