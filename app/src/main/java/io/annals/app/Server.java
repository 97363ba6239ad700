package io.annals.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server. */
@SpringBootApplication
public class Server {
  static void main(String[] args) {
    SpringApplication.run(Server.class, args);
  }
}
