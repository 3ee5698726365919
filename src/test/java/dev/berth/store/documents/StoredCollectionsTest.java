package dev.berth.store.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.berth.store.Collection;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** A collection that is not in the list would be left behind when Berth moves house. */
class StoredCollectionsTest {
    @Test
    void everyCollectionMoves() throws ReflectiveOperationException {
        var constants = new HashSet<Object>();
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.berth");
        for (var type : classes) {
            if (!type.getPackageName().startsWith("dev.berth.bench")) { // in stores of its own
                for (JavaField field : type.getFields()) {
                    if (isConstantCollection(field)) {
                        constants.add(value(field));
                    }
                }
            }
        }
        assertThat(constants).containsExactlyInAnyOrderElementsOf(StoredCollections.ALL);
    }

    private static boolean isConstantCollection(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && field.getRawType().isEquivalentTo(Collection.class);
    }

    private static Object value(JavaField field) throws ReflectiveOperationException {
        var reflected = field.reflect();
        reflected.setAccessible(true);
        return reflected.get(null);
    }
}
