// SPDX-License-Identifier: MIT
// The control side: document, planner, cooking. Runs in the page, in its worker and in Node.
#include <emscripten/bind.h>

#include <cmath>

#include "bindings/values.h"
#include "engine/document/schema.h"
#include "engine/engine.h"
#include "engine/modules/all.h"

namespace sonic::js {
namespace {

val toObject(const Blueprint& blueprint) {
  val object = val::object();
  object.set("type", blueprint.type);
  object.set("sampleRateHz", blueprint.sampleRateHz);
  object.set("width", blueprint.width);
  object.set("quality", static_cast<int>(blueprint.quality));
  object.set("structural", val::array(blueprint.structural));
  object.set("files", val::array(blueprint.files));
  return object;
}

Blueprint toBlueprint(const val& object) {
  Blueprint blueprint;
  blueprint.type = object["type"].as<std::uint32_t>();
  blueprint.sampleRateHz = object["sampleRateHz"].as<float>();
  blueprint.width = object["width"].as<std::uint32_t>();
  blueprint.quality = static_cast<Quality>(object["quality"].as<int>());
  blueprint.structural = emscripten::vecFromJSArray<float>(object["structural"]);
  blueprint.files = emscripten::vecFromJSArray<std::string>(object["files"]);
  return blueprint;
}

/// -1 stands for "never sleeps", which a double could not carry exactly.
double toNumber(std::int64_t quietFrames) {
  return quietFrames == kNeverSleeps ? -1.0 : static_cast<double>(quietFrames);
}

/// What a worker does with a task: {blobs: [{key, bytes}], measure} or {error}. `files` holds a
/// Uint8Array per slot, empty for the built-in content.
val cook(const val& blueprintObject, const val& files) {
  const Blueprint blueprint = toBlueprint(blueprintObject);
  val result = val::object();
  if (blueprint.type >= allModules().types().size()) {
    result.set("error", errorObject({ErrorCode::kUnknownId, "", "There is no such module."}));
    return result;
  }
  std::vector<std::vector<std::byte>> bytes;
  const auto count = files["length"].as<std::size_t>();
  for (std::size_t slot = 0; slot < count; ++slot) bytes.push_back(fromBytes(files[slot]));
  std::vector<std::span<const std::byte>> views(bytes.begin(), bytes.end());
  views.resize(allModules().types()[blueprint.type].assets.size());
  auto cooked = cookBlueprint(allModules().types()[blueprint.type], blueprint, views);
  if (!cooked) {
    result.set("error", errorObject(cooked.error()));
    return result;
  }
  val blobs = val::array();
  for (std::size_t slot = 0; slot < cooked->blobs.size(); ++slot) {
    val blob = val::object();
    blob.set("key", hex(blueprint.blobKey(slot)));
    blob.set("bytes", toBytes(cooked->blobs[slot]));
    blobs.call<void>("push", blob);
  }
  val measure = val::object();
  measure.set("memoryBytes", cooked->measure.memoryBytes);
  measure.set("latencyFrames", cooked->measure.latencyFrames);
  measure.set("quietFrames", toNumber(cooked->measure.quietFrames));
  result.set("blobs", blobs);
  result.set("measure", measure);
  return result;
}

class ProjectBinding {
 public:
  ProjectBinding(double sampleRateHz, bool isHighQuality)
      : project_({.sampleRateHz = sampleRateHz,
                  .quality = isHighQuality ? Quality::kHq : Quality::kLive}) {}

  val load(const std::string& json) { return errorOrNothing(project_.load(json)); }
  val apply(const std::string& patch) { return errorOrNothing(project_.apply(patch)); }
  val setParam(const std::string& node, const std::string& param, double value) {
    return errorOrNothing(project_.setParam(node, param, value));
  }
  /// What is stored or the default; NaN if there is no such node or parameter.
  double param(const std::string& node, const std::string& param) {
    return project_.document().param(node, param).value_or(std::nan(""));
  }
  std::string save() { return project_.document().save(); }
  bool isReadOnly() { return project_.document().isReadOnly(); }
  std::string notice() { return project_.document().notice(); }
  val warnings() {
    val list = val::array();
    for (const Error& warning : project_.document().warnings()) {
      list.call<void>("push", errorObject(warning));
    }
    return list;
  }
  double sampleRateHz() { return project_.document().sampleRateHz(); }
  val transport() {
    const TransportSettings settings = project_.document().transport();
    val object = val::object();
    object.set("tempoBpm", settings.tempoBpm);
    // A beat is a quarter note throughout the engine.
    object.set("beatsPerBar", settings.beatsPerBar * 4.0 / settings.beatUnit);
    return object;
  }

  /// {tasks: [{module, place, files, key, blueprint}]} or {error}.
  val missing() {
    val result = val::object();
    const auto tasks = project_.missing();
    if (!tasks) {
      result.set("error", errorObject(tasks.error()));
      return result;
    }
    val list = val::array();
    for (const CookTask& task : *tasks) {
      val object = val::object();
      object.set("module", task.module);
      object.set("place", task.place);
      object.set("files", val::array(task.blueprint.files));
      object.set("key", hex(task.blueprint.hash()));
      object.set("blueprint", toObject(task.blueprint));
      list.call<void>("push", object);
    }
    result.set("tasks", list);
    return result;
  }
  void accept(const val& blueprint, const val& measure) {
    const double quiet = measure["quietFrames"].as<double>();
    project_.accept(toBlueprint(blueprint),
                    {.memoryBytes = measure["memoryBytes"].as<std::uint32_t>(),
                     .latencyFrames = measure["latencyFrames"].as<std::uint32_t>(),
                     .quietFrames = quiet < 0.0 ? kNeverSleeps : static_cast<std::int64_t>(quiet)});
  }
  /// {plan?: Uint8Array, changes: [handle, row, value, ...]} or {error}.
  val update() {
    val result = val::object();
    const auto update = project_.update();
    if (!update) {
      result.set("error", errorObject(update.error()));
      return result;
    }
    if (!update->plan.empty()) result.set("plan", toBytes(update->plan));
    std::vector<double> changes;
    for (const ParamChange& change : update->changes) {
      changes.insert(changes.end(), {static_cast<double>(change.handle),
                                     static_cast<double>(change.row), double{change.value}});
    }
    result.set("changes", val::array(changes));
    return result;
  }
  void setAbsent(const std::string& sha256, bool isAbsent) { project_.setAbsent(sha256, isAbsent); }
  void forgetEngine() { project_.forgetEngine(); }
  std::uint32_t handleOf(const std::string& node) { return project_.handleOf(node); }
  double latencyFrames() { return static_cast<double>(project_.planner().last().latencyFrames); }
  /// Taps for the next plan: [[node, port], ...].
  void setTaps(const val& list) {
    std::vector<Tap> taps;
    const auto count = list["length"].as<std::size_t>();
    for (std::size_t i = 0; i < count; ++i) {
      taps.push_back({list[i][0].as<std::string>(), list[i][1].as<std::string>()});
    }
    project_.setTaps(std::move(taps));
  }

 private:
  Project project_;
};

/// Raised with kAbi in web/src/wire/glue.ts whenever this interface changes.
int abi() {
  return 2;
}

std::string moduleTable() {
  return moduleTableJson(allModules());
}
std::string documentSchema() {
  return documentSchemaJson(allModules());
}

EMSCRIPTEN_BINDINGS(project) {
  emscripten::function("abi", &abi);
  emscripten::function("cook", &cook);
  emscripten::function("moduleTable", &moduleTable);
  emscripten::function("documentSchema", &documentSchema);
  emscripten::class_<ProjectBinding>("Project")
      .constructor<double, bool>()
      .function("load", &ProjectBinding::load)
      .function("apply", &ProjectBinding::apply)
      .function("setParam", &ProjectBinding::setParam)
      .function("param", &ProjectBinding::param)
      .function("save", &ProjectBinding::save)
      .function("isReadOnly", &ProjectBinding::isReadOnly)
      .function("notice", &ProjectBinding::notice)
      .function("warnings", &ProjectBinding::warnings)
      .function("sampleRateHz", &ProjectBinding::sampleRateHz)
      .function("transport", &ProjectBinding::transport)
      .function("missing", &ProjectBinding::missing)
      .function("accept", &ProjectBinding::accept)
      .function("update", &ProjectBinding::update)
      .function("setAbsent", &ProjectBinding::setAbsent)
      .function("forgetEngine", &ProjectBinding::forgetEngine)
      .function("handleOf", &ProjectBinding::handleOf)
      .function("latencyFrames", &ProjectBinding::latencyFrames)
      .function("setTaps", &ProjectBinding::setTaps);
}

}  // namespace
}  // namespace sonic::js
