package io.sluice.standalone.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// The class's package says `@NullMarked` in its `package-info.java`.
final class PackageIsNullMarked extends ArchCondition<JavaClass> {

  static final ArchCondition<JavaClass> THE_PACKAGE_IS_NULL_MARKED = new PackageIsNullMarked();

  private PackageIsNullMarked() {
    super("live in a package that is @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    JavaPackage itsPackage = type.getPackage();
    boolean marked = itsPackage.isAnnotatedWith(NullMarked.class);
    events.add(
        new SimpleConditionEvent(
            type, marked, itsPackage.getName() + (marked ? " is" : " is not") + " @NullMarked"));
  }
}
