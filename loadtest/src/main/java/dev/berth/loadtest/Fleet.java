package dev.berth.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which device each virtual user is, and what befalls them in each phase. */
final class Fleet {
    private final List<Device> devices;
    private final Map<Phase, Course> courses = new LinkedHashMap<>();

    Fleet(List<Phase> phases, List<Device> devices) {
        this.devices = List.copyOf(devices);
        var assignments = new ConcurrentHashMap<String, String>();
        phases.forEach(phase -> courses.put(phase, new Course(assignments)));
    }

    List<Phase> phases() {
        return List.copyOf(courses.keySet());
    }

    Course course(Phase phase) {
        return courses.get(phase);
    }

    /** Of the measured phase of that name. */
    Course course(String phase) {
        return courses.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(phase))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** Virtual users are numbered from 1 in the order in which they come. */
    Device device(long user) {
        long n = user - 1;
        for (var phase : courses.keySet()) {
            if (n < phase.count()) {
                return devices.get(phase.device().applyAsInt((int) n));
            }
            n -= phase.count();
        }
        throw new IllegalArgumentException("there is no virtual user " + user);
    }
}
