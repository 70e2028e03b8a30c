package io.sluice.gateway.auth;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// A caller as Spring Security sees it, whatever the credentials were.
final class CallerAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  static final String ADMIN = "ADMIN";

  private final transient Caller caller;

  CallerAuthentication(Caller caller) {
    super(caller.admin() ? List.of(new SimpleGrantedAuthority("ROLE_" + ADMIN)) : List.of());
    this.caller = caller;
    setAuthenticated(true);
  }

  @Override
  public Caller getPrincipal() {
    return caller;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return caller.ownerId();
  }
}
