// Validates PDF files with the veraPDF engine: Validate FLAVOUR FILE…
//
// Prints one line a file and every failed rule; exits 1 when any file fails.

import java.io.FileInputStream;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("unknown flavour " + args[0]);
        }
        boolean allCompliant = true;
        for (int i = 1; i < args.length; i++) {
            try (FileInputStream stream = new FileInputStream(args[i]);
                    PDFAParser parser = foundry.createParser(stream, flavour);
                    PDFAValidator validator = foundry.createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                long checks = result.getTotalAssertions();
                System.out.println(args[0] + " " + args[i] + ": " + (result.isCompliant() ? "passed" : "FAILED") + ", " + checks + " checks");
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println("  " + assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + " " + assertion.getMessage() + " at " + assertion.getLocation().getContext());
                    }
                }
                // A validator that checked nothing has proven nothing.
                allCompliant &= result.isCompliant() && checks > 0;
            }
        }
        System.exit(allCompliant ? 0 : 1);
    }
}
