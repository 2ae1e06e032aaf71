// Sand in low light: ripples, long shadows, an even sky.
#version 3.7;
#include "functions.inc"
global_settings { assumed_gamma 1.0 }
camera { location <0, 15.5, -16> look_at <3, 8.4, 20> right x*4/3 up y angle 48 }
light_source { <-900, 330, 420> rgb <2.5, 1.75, 1.05> parallel point_at 0 }
light_source { <300, 900, -400> rgb <0.20, 0.24, 0.36> shadowless parallel point_at 0 }
sky_sphere { pigment { gradient y color_map {
  [0 rgb <0.95, 0.74, 0.52>] [0.10 rgb <0.80, 0.70, 0.62>] [0.30 rgb <0.38, 0.52, 0.68>] [0.7 rgb <0.10, 0.24, 0.50>] [1 rgb <0.04, 0.12, 0.34>] } } }
fog { fog_type 2 distance 900 rgb <0.86, 0.68, 0.50> fog_offset 0 fog_alt 30 }
// A dune is steep on one side: a bent sawtooth, softened.
#declare Saw = function(x) { pow(0.5 + 0.5*sin(x + 0.55*sin(x)), 1.35) }
#declare Dune = function(x, z) {
  9.5*Saw(x*0.085 + 1.3*sin(z*0.045) + 2.6*f_noise3d(x*0.020, 1, z*0.020) + 2.4)*(0.30 + 0.9*f_noise3d(x*0.015 + 5, 2, z*0.018))
  + 7.0*Saw(z*0.060 - 1.4*sin(x*0.035) + 1.6*f_noise3d(x*0.02 + 9, 4, z*0.02) + 3.4)*f_noise3d(x*0.012, 7, z*0.016 + 3)
}
#declare Size = 460;
height_field {
  function 1200, 1200 { Dune((x - 0.5)*Size, (1 - y)*Size - 20)/20 }
  smooth translate <-0.5, 0, 0> scale <Size, 20, Size> translate z*-20
  texture {
    pigment { granite turbulence 0.2 color_map { [0 rgb <0.50, 0.30, 0.15>] [0.5 rgb <0.60, 0.38, 0.20>] [1 rgb <0.68, 0.46, 0.26>] } scale 3 }
    normal {
      average normal_map {
        [1.5 function { 0.5 + 0.5*sin(z*9 + x*2.2 + 5*f_noise3d(x*0.35, 0, z*0.35) + 2.5*f_noise3d(x*1.3, 3, z*1.3)) } 0.75 ]
        [1.0 granite 0.18 scale 0.25 ]
      }
    }
    finish { diffuse 0.95 ambient 0 }
  }
}
